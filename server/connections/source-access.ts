import { Injectable, Inject } from '@nestjs/common';
import { createNetwork, type Network } from '#etl/http/network.js';
import { readKey, type VaultKey } from '#etl/vault/key.js';
import { CONFIG, type Config } from '../config.js';

/** How this process reaches tools: the key of their secrets, and the network with the budgets they share. */
@Injectable()
export class SourceAccess {
  readonly network: Network;
  private key: Promise<VaultKey> | null = null;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.network = createNetwork({ allowed: config.privateHosts });
  }

  /** Read, or made, at the first call. */
  readonly vault = (): Promise<VaultKey> => {
    this.key ??= readKey(this.config.dataDirectory, this.config.secretKey ?? undefined).catch((error: unknown) => {
      this.key = null;
      throw error;
    });
    return this.key;
  };
}
