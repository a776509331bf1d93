import type pg from 'pg';
import { hasCode, reasonOf } from '#etl/error-code.js';
import type { VaultKey } from '#etl/vault/key.js';
import { inTransaction } from '#etl/transaction.js';
import { may, type Principal, type Scope } from '../access/principal.js';
import type { WorkbenchState } from '../api.js';
import { addressOf } from '../database/address.js';
import { administerOnce } from '../database/pool.js';
import { sayHealth, type Phrase } from '../health/texts/index.js';
import { runBattery } from './battery.js';
import type { Login } from './child-job.js';
import { floorAbove } from './floor.js';
import { Places } from './places.js';
import { gapsOf } from './policy.js';
import { QueryFailure } from './query-failure.js';
import { grantViews, workbenchPassword, workbenchRole } from './roles.js';
import { pageLimits } from './run-limits.js';
import { setUpWorkbench } from './setup.js';

export interface WorkbenchHealth {
  state: 'on' | 'off' | 'checking';
  /** Why it is off and what to do; null otherwise. */
  reason: string | null;
  /** The same to be said in the reader's language; null where it is on, or an error of the database tells it. */
  why: Phrase | null;
  /** Of PostgreSQL, such as `18.4`, and the one that repairs what a reader of SQL could abuse; null where it has it. */
  server: string;
  floor: string | null;
  /** Of the last time all attacks were tried; null before. */
  probes: { tried: number; milliseconds: number; unexpected: string[] } | null;
}

export interface WorkbenchSettings {
  pool: pg.Pool;
  /** With the login of the administrator, who makes those of the workbench. */
  databaseUrl: string;
  key: () => Promise<VaultKey>;
  /** Everybody with the right may ask, also where PostgreSQL is older than it should be. */
  isAllowedBelowFloor: boolean;
}

const setUpCommand = 'throughline workbench setup --as postgres://ADMIN:PASSWORD@HOST/DATABASE';
const fewGaps = 3;

/** Who may ask, with which login, and whether that is safe: on after every attack of the battery was refused. */
export class Workbench {
  readonly places = new Places(2, 8);
  private health: WorkbenchHealth = { state: 'checking', reason: null, why: null, server: '', floor: null, probes: null };
  private serverNumber = 0;
  /** Logins of which it is known that they hold. */
  private readonly proven = new Map<string, Promise<string>>();
  private checking: Promise<void> | null = null;

  constructor(private readonly settings: WorkbenchSettings) {}

  workbenchHealth(): WorkbenchHealth {
    return this.health;
  }

  stateFor(asker: Principal): WorkbenchState {
    const { state, server, floor } = this.health;
    const reason = this.reasonFor(asker);
    return {
      isOn: state === 'on' && reason === null,
      reason,
      isChecking: state === 'checking',
      server,
      floor,
      isOpenBelowFloor: this.settings.isAllowedBelowFloor,
      limits: {
        rows: pageLimits.rows,
        bytes: pageLimits.bytes,
        seconds: pageLimits.milliseconds / 1_000,
        perPerson: this.places.perPerson,
        inAll: this.places.inAll,
      },
    };
  }

  /** Sets up what may be set up from here and tries the attacks. Never throws: what is wrong is the reason why it is off. */
  check(): Promise<void> {
    this.checking ??= this.checkOnce().finally(() => (this.checking = null));
    return this.checking;
  }

  /** Waits for a check that runs. */
  async settled(): Promise<void> {
    await this.checking;
  }

  /** Looks whether what was proven still holds, and tries again what was off. */
  async look(): Promise<void> {
    if (this.health.state === 'on') {
      const gaps = await this.gapsOfAll().catch(() => null);
      // Where the database does not answer there is nothing to look at, nor to ask.
      if (gaps === null || gaps.length === 0) return;
    }
    await this.check();
  }

  /** The login for what the asker may see. Throws `QueryFailure` with the reason where there is none. */
  async loginFor(asker: Principal, application: string): Promise<Login> {
    if (this.health.state === 'checking') await this.check();
    const reason = this.reasonFor(asker);
    if (reason !== null) throw new QueryFailure({ reason: 'off', message: reason, sqlState: null, position: null });
    const scope = limited(asker.scope);
    const role = await workbenchRole(this.settings.pool, scope);
    let address = this.proven.get(role);
    if (!address) {
      address = this.prove(role, scope);
      this.proven.set(role, address);
      address.catch(() => this.proven.delete(role));
    }
    return { address: await address, serverNumber: this.serverNumber, application };
  }

  private reasonFor(asker: Principal): string | null {
    if (!may(asker, 'query')) return 'Your role does not include queries of your own; ask an administrator.';
    const { state, reason, server, floor } = this.health;
    if (state === 'off') return reason;
    if (floor === null || may(asker, 'manage') || this.settings.isAllowedBelowFloor) return null;
    return (
      `PostgreSQL ${server} is older than ${floor}, which repairs what a query of one's own could abuse, so only administrators may ask. ` +
      'Update PostgreSQL, or start with THROUGHLINE_WORKBENCH_BELOW_FLOOR=allow.'
    );
  }

  private async checkOnce(): Promise<void> {
    this.proven.clear();
    try {
      const { rows } = await this.settings.pool.query<{ server: string; number: number }>(
        `select split_part(current_setting('server_version'), ' ', 1) as server, current_setting('server_version_num')::int as number`,
      );
      const { server = '', number = 0 } = rows[0] ?? {};
      this.serverNumber = number;
      this.health = { ...this.health, server, floor: floorAbove(number) };
      const role = await workbenchRole(this.settings.pool, null);
      const address = this.prove(role, null);
      this.proven.set(role, address);
      await address;
      const gaps = await this.gapsOfAll();
      if (gaps.length > 0) throw new WorkbenchOff({ key: 'workbench.gaps.own.do', values: { gaps: shown(gaps) } });
      this.health = { ...this.health, state: 'on', reason: null, why: null };
    } catch (error) {
      this.proven.clear();
      const why = error instanceof WorkbenchOff ? error.phrase : null;
      this.health = { ...this.health, state: 'off', reason: `The workbench is off. ${reasonOf(error)}`, why };
    }
  }

  /** Makes the login where that may be done from here, and tries every attack with it. Gives its address. */
  private async prove(role: string, scope: Scope | null): Promise<string> {
    const { pool, databaseUrl } = this.settings;
    const key = await this.settings.key();
    const command = `${setUpCommand}${scopeOptions(scope)}`;
    const isSuper = await administerOnce(databaseUrl, async (admin) => {
      const { rows } = await admin.query<{ isSuper: boolean; user: string; isThere: boolean }>(
        `select rolsuper as "isSuper", rolname as "user", exists (select from pg_roles where rolname = $1) as "isThere"
        from pg_roles where rolname = current_user`,
        [role],
      );
      const [self] = rows;
      if (self?.isSuper) await setUpWorkbench(admin, { app: self.user, key, scopes: [scope] });
      else if (!self?.isThere) throw new WorkbenchOff({ key: 'workbench.set-up.do', values: { command } });
      else await inTransaction(admin, () => grantViews(admin));
      return self?.isSuper ?? false;
    });
    const gaps = await gapsOf(pool, role);
    if (gaps.length > 0) {
      const values = { gaps: shown(gaps), command };
      throw new WorkbenchOff({ key: isSuper ? 'workbench.gaps.own.do' : 'workbench.gaps.do', values });
    }
    const address = addressOf(databaseUrl, role, workbenchPassword(key, role));
    const probes = await runBattery(address, this.serverNumber).catch((error: unknown) => {
      if (!isWrongPassword(error)) throw error;
      throw new WorkbenchOff({ key: 'workbench.other-key.do', values: { command } });
    });
    this.health = { ...this.health, probes };
    if (probes.unexpected.length > 0) throw new WorkbenchOff({ key: 'workbench.through.do', values: { texts: shown(probes.unexpected) } });
    return address;
  }

  /** Of every login that reads the views, those of persons too. */
  private async gapsOfAll(): Promise<string[]> {
    const { pool } = this.settings;
    const { rows } = await pool.query<{ role: string }>(
      'select r.role_name as role from app.analyst_role r join pg_roles p on p.rolname = r.role_name order by 1',
    );
    const gaps: string[] = [];
    for (const { role } of rows) gaps.push(...(await gapsOf(pool, role)));
    return [...new Set(gaps)];
  }
}

/** Why nobody may ask, in English as its message. */
class WorkbenchOff extends QueryFailure {
  constructor(readonly phrase: Phrase) {
    super({ reason: 'off', message: sayHealth('en')(phrase), sqlState: null, position: null });
  }
}

/** A scope that names nothing keeps nothing back. */
function limited(scope: Scope | null): Scope | null {
  return scope === null || Object.keys(scope).length === 0 ? null : scope;
}

function scopeOptions(scope: Scope | null): string {
  const options = Object.entries(scope ?? {}).flatMap(([dimension, names]) => names.map((name) => ` --only '${dimension}=${name}'`));
  return options.join('');
}

function shown(gaps: readonly string[]): string {
  const rest = gaps.length - fewGaps;
  return `${gaps.slice(0, fewGaps).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function isWrongPassword(error: unknown): boolean {
  return hasCode(error, '28P01', '28000');
}
