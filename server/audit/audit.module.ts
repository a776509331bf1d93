import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditRecorder } from './audit-recorder.js';

/** Who did what: writes it down, and shows it to those who manage. */
@Module({ controllers: [AuditController], providers: [AuditRecorder] })
export class AuditModule {}
