import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import type { Locale } from '#dashboards/i18n/messages.js';
import type { Principal } from '../access/principal.js';
import { seenAlertNames } from '../alerts/alert-scope.js';
import type { ChannelPreview, ChannelResponse } from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { SourceAccess } from '../connections/source-access.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import { addChannel, findChannel, readChannels, removeChannel } from './channels.js';
import type { ChannelReach } from './deliver.js';
import type { NewChannel } from './new-channel.js';
import { channelTransport } from './post-once.js';
import { previewOf } from './preview.js';
import { sendDue } from './send-due.js';
import { sendTest, testMessage } from './send-test.js';

const lookEveryMs = 5_000;

/** Channels, and what waits to go there: any number of servers may send at once. */
@Injectable()
export class ChannelsService implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly transport: ReturnType<typeof channelTransport>;
  private current: Promise<unknown> | null = null;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) config: Config,
    private readonly access: SourceAccess,
  ) {
    this.transport = channelTransport(config.privateHosts);
  }

  get reach(): ChannelReach {
    return { pool: this.pool, vault: this.access.vault, send: this.transport, signal: this.stopped.signal };
  }

  /** With the names of those alerts alone that are about nothing the asker may not see. */
  async list(asker: Pick<Principal, 'scope'>): Promise<ChannelResponse[]> {
    const channels = await readChannels(this.pool);
    if (asker.scope === null) return channels;
    const seen = await seenAlertNames(this.pool, asker);
    return channels.map((channel) => ({ ...channel, alerts: channel.alerts.filter((name) => seen.has(name)) }));
  }

  add(channel: NewChannel): Promise<ChannelResponse> {
    return addChannel(this.pool, this.access.vault, channel);
  }

  remove(id: string): Promise<void> {
    return removeChannel(this.pool, id);
  }

  /** What a test says and, where it did not get through, why. */
  async test(id: string, locale: Locale): Promise<{ error: string | null; message: ChannelPreview }> {
    const channel = await findChannel(this.pool, id);
    const message = testMessage(locale, channel.name);
    return { error: await sendTest(this.reach, channel, [message]), message: previewOf([message]) };
  }

  /** Joins the round that runs, or makes one. */
  @Interval('channels', lookEveryMs)
  async look(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    this.current ??= sendDue(this.reach, () => new Date()).finally(() => (this.current = null));
    await this.current.catch((error: unknown) => {
      if (!this.stopped.signal.aborted) log(`messages to channels could not be sent: ${String(error)}`);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.current?.catch(() => undefined);
    this.transport.close();
  }
}
