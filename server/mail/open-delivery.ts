import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Delivery } from './delivery.js';
import { folderDelivery } from './folder.js';
import { smtpDelivery } from './smtp.js';

/** Where letters are put while there is no mail server. */
export function mailFolder({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return join(dataDirectory, 'mail');
}

/** To the mail server of the settings; into the folder where there is none. */
export function openDelivery(config: Pick<Config, 'dataDirectory' | 'mail'>): Delivery {
  return config.mail.smtp ? smtpDelivery(config.mail.smtp) : folderDelivery(mailFolder(config));
}
