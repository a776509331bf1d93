import { isRightToLeft } from '#dashboards/i18n/messages.js';
import type { MailMessage } from '../mail/message.js';
import { plainText } from './plain-text.js';
import { failingEvent, type ChannelMessage } from './message.js';
import { channelTexts } from './texts.js';

/** One mail; of several messages it is a digest. */
export function mailOf(to: MailMessage['to'], messages: readonly ChannelMessage[]): MailMessage {
  const [first] = messages;
  const subject = messages.length === 1 && first ? first.title : digestTitle(messages);
  return {
    to,
    subject,
    text: messages.map((message) => `${messages.length > 1 ? `${message.title}\n` : ''}${plainText(message)}`).join('\n\n———\n\n'),
    html: mailHtml(subject, messages),
    attachments: [],
  };
}

/** Of several messages in one; what could not be told elsewhere stands under its own title. */
export function digestTitle(messages: readonly ChannelMessage[]): string {
  if (messages[0]?.event.type === failingEvent) return messages[0].title;
  return channelTexts(messages[0]?.locale ?? 'en')('digest', { count: messages.length });
}

/** Tables and inline styles alone: what every reader of mail shows. */
export function mailHtml(title: string, messages: readonly ChannelMessage[]): string {
  const locale = messages[0]?.locale ?? 'en';
  const direction = isRightToLeft(locale) ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${locale}" dir="${direction}"><head><meta charset="utf-8"><title>${html(title)}</title></head>
<body style="margin:0;padding:16px;background:#f5f7f9;color:#17212b;font-family:Segoe UI,Noto Sans,Vazirmatn,Arial,sans-serif;font-size:15px;line-height:1.5">
<table role="presentation" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;margin:0 auto">
${messages.map(messageRow).join('\n')}
</table></body></html>`;
}

function messageRow({ title, lines, facts, itemsTitle, items, links }: ChannelMessage): string {
  return `<tr><td style="padding:16px;background:#ffffff;border:1px solid #dfe4e9">
<h1 style="margin:0 0 8px;font-size:18px">${html(title)}</h1>
${lines.map((line) => `<p style="margin:0 0 8px">${html(line)}</p>`).join('\n')}
${facts.length > 0 ? `<table cellpadding="0" cellspacing="0" style="margin:8px 0">${facts.map(factRow).join('')}</table>` : ''}
${items.length > 0 ? `<p style="margin:8px 0 4px"><strong>${html(itemsTitle)}</strong></p><ul style="margin:0;padding:0 20px">${items.map(itemRow).join('')}</ul>` : ''}
${links.length > 0 ? `<p style="margin:12px 0 0">${links.map((link) => anchor(link.href, link.label)).join(' · ')}</p>` : ''}
</td></tr>`;
}

function factRow({ label, value }: ChannelMessage['facts'][number]): string {
  return `<tr><th align="start" style="padding:2px 12px 2px 0;color:#55616e;font-weight:400">${html(label)}</th><td style="padding:2px 12px"><bdi>${html(value)}</bdi></td></tr>`;
}

function itemRow({ name, detail, href }: ChannelMessage['items'][number]): string {
  return `<li><bdi>${href === null ? html(name) : anchor(href, name)}</bdi> <span style="color:#55616e">${html(detail)}</span></li>`;
}

function anchor(href: string, label: string): string {
  return `<a href="${html(href)}" style="color:#0b5f95">${html(label)}</a>`;
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
