import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { BOARDS, knownBoards } from './known-boards.js';

/** Gives the boards to those who answer or print them. */
@Module({
  providers: [{ provide: BOARDS, inject: [CONFIG], useFactory: ({ boardsDirectory }: Config) => knownBoards(boardsDirectory) }],
  exports: [BOARDS],
})
export class BoardsModule {}
