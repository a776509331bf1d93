import { DataSource } from 'typeorm';
import { Core1763700000001 } from './migrations/1763700000001-core.js';
import { Facts1763700000002 } from './migrations/1763700000002-facts.js';
import { App1763700000010 } from './migrations/1763700000010-app.js';
import { Load1763700000020 } from './migrations/1763700000020-load.js';
import { Measured1763700000040 } from './migrations/1763700000040-measured.js';
import { Analytics1763700000050 } from './migrations/1763700000050-analytics.js';
import { AnalyticsFlow1763700000051 } from './migrations/1763700000051-analytics-flow.js';
import { Words1763700000060 } from './migrations/1763700000060-words.js';
import { HandoffNotes1763700000070 } from './migrations/1763700000070-handoff-notes.js';
import { Ratings1763700000075 } from './migrations/1763700000075-ratings.js';
import { Owners1763700000076 } from './migrations/1763700000076-owners.js';
import { Restatements1763700000080 } from './migrations/1763700000080-restatements.js';
import { FactPartitions1763700000085 } from './migrations/1763700000085-fact-partitions.js';
import { Notice1763700000090 } from './migrations/1763700000090-notice.js';
import { Journeys1763700000095 } from './migrations/1763700000095-journeys.js';
import { JourneyBegin1763700000096 } from './migrations/1763700000096-journey-begin.js';
import { WorkingTime1763700000097 } from './migrations/1763700000097-working-time.js';
import { Beliefs1763700000098 } from './migrations/1763700000098-beliefs.js';
import { Live1763700000100 } from './migrations/1763700000100-live.js';
import { Feeds1763700000110 } from './migrations/1763700000110-feeds.js';
import { Schedules1763700000115 } from './migrations/1763700000115-schedules.js';
import { Aliases1763700000120 } from './migrations/1763700000120-aliases.js';
import { Decisions1763700000121 } from './migrations/1763700000121-decisions.js';
import { Notes1763700000122 } from './migrations/1763700000122-notes.js';
import { WatchMarks1763700000123 } from './migrations/1763700000123-watch-marks.js';
import { SavedViews1763700000130 } from './migrations/1763700000130-saved-views.js';
import { Targets1763700000140 } from './migrations/1763700000140-targets.js';
import { PersonalBoards1763700000141 } from './migrations/1763700000141-personal-boards.js';
import { Reports1763700000150 } from './migrations/1763700000150-reports.js';
import { Mail1763700000151 } from './migrations/1763700000151-mail.js';
import { MailAnswer1763700000152 } from './migrations/1763700000152-mail-answer.js';
import { ReportSchedules1763700000153 } from './migrations/1763700000153-report-schedules.js';
import { Channels1763700000155 } from './migrations/1763700000155-channels.js';
import { Alerts1763700000156 } from './migrations/1763700000156-alerts.js';
import { Accounts1763700000160 } from './migrations/1763700000160-accounts.js';
import { AccountNames1763700000161 } from './migrations/1763700000161-account-names.js';
import { ApiTokens1763700000164 } from './migrations/1763700000164-api-tokens.js';
import { SecondFactor1763700000165 } from './migrations/1763700000165-second-factor.js';
import { IdentityProvider1763700000166 } from './migrations/1763700000166-identity-provider.js';
import { ShareLinks1763700000167 } from './migrations/1763700000167-share-links.js';
import { Readers1763700000172 } from './migrations/1763700000172-readers.js';
import { Queries1763700000173 } from './migrations/1763700000173-queries.js';
import { MetricWeeks1763700000177 } from './migrations/1763700000177-metric-weeks.js';
import { ExportSchedules1763700000178 } from './migrations/1763700000178-export-schedules.js';
import { Audit1763700000181 } from './migrations/1763700000181-audit.js';
import { Erasure1763700000182 } from './migrations/1763700000182-erasure.js';
import { ProgramReader1763700000190 } from './migrations/1763700000190-program-reader.js';
import { AccountOwners1763700000194 } from './migrations/1763700000194-account-owners.js';
import { Retention1763700000195 } from './migrations/1763700000195-retention.js';
import { ScheduleOwners1763700000197 } from './migrations/1763700000197-schedule-owners.js';
import { FirstItem1763700000200 } from './migrations/1763700000200-first-item.js';

/** In the order they run. Forward only; never edited once released. */
export const migrations = [
  Core1763700000001,
  Facts1763700000002,
  App1763700000010,
  Load1763700000020,
  Measured1763700000040,
  Analytics1763700000050,
  AnalyticsFlow1763700000051,
  Words1763700000060,
  HandoffNotes1763700000070,
  Ratings1763700000075,
  Owners1763700000076,
  Restatements1763700000080,
  FactPartitions1763700000085,
  Notice1763700000090,
  Journeys1763700000095,
  JourneyBegin1763700000096,
  WorkingTime1763700000097,
  Beliefs1763700000098,
  Live1763700000100,
  Feeds1763700000110,
  Schedules1763700000115,
  Aliases1763700000120,
  Decisions1763700000121,
  Notes1763700000122,
  WatchMarks1763700000123,
  SavedViews1763700000130,
  Targets1763700000140,
  PersonalBoards1763700000141,
  Reports1763700000150,
  Mail1763700000151,
  MailAnswer1763700000152,
  ReportSchedules1763700000153,
  Channels1763700000155,
  Alerts1763700000156,
  Accounts1763700000160,
  AccountNames1763700000161,
  ApiTokens1763700000164,
  SecondFactor1763700000165,
  IdentityProvider1763700000166,
  ShareLinks1763700000167,
  Readers1763700000172,
  Queries1763700000173,
  MetricWeeks1763700000177,
  ExportSchedules1763700000178,
  Audit1763700000181,
  Erasure1763700000182,
  ProgramReader1763700000190,
  AccountOwners1763700000194,
  Retention1763700000195,
  ScheduleOwners1763700000197,
  FirstItem1763700000200,
];

/** A data source that knows the model, or its first migrations alone; the caller initialises and destroys it. */
export function modelDataSource(url: string, chosen: typeof migrations = migrations): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: 'throughline',
    entities: [],
    migrations: chosen,
    migrationsTableName: 'throughline_migration',
    migrationsTransactionMode: 'all',
  });
}
