import type { BoardPage, HeadlineTable, SummaryDocument, SummaryLine, SummaryLines, SummaryLink, SummaryTable } from './report-document.js';
import { html, type Html } from './html.js';

/** Letters and their ground are always set together: a program that turns colours over for the dark turns both. */
const colours = { ink: '#1b2530', muted: '#5a6673', line: '#d5dbe2', link: '#0b5f95', notice: '#fdf3dc', warning: '#fde9e0' };
const tones = {
  better: '#00684a',
  worse: '#b03a06',
  same: colours.muted,
  unclear: colours.muted,
  calm: colours.muted,
  different: colours.link,
};
const signs = { better: '✓', worse: '▲', same: '=', unclear: '≈', calm: '=', different: '●' };
const fonts = "'Segoe UI',Tahoma,Arial,sans-serif";

/**
 * The summary as the HTML of a mail: tables and inline styles alone, as Outlook wants them; no picture, no script, no style sheet to be
 * stripped. The first line of text is what mail programs show beside the subject.
 */
export function summaryHtml(document: SummaryDocument): string {
  const { locale, direction, brand, title, period, verdict } = document;
  const start = direction === 'rtl' ? 'right' : 'left';
  const body = html`<!doctype html>
    <html lang="${locale}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light only" />
        <meta name="supported-color-schemes" content="light only" />
        <title>${title}, ${period}</title>
      </head>
      <body dir="${direction}" style="margin:0;padding:0;background-color:#ffffff;color:${colours.ink};">
        <div style="display:none;max-height:0;overflow:hidden;">${verdict.join(' ')}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff">
          <tr>
            <td align="center" style="padding:16px 8px;">
              <table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:640px;">
                <tr>
                  <td
                    dir="${direction}"
                    align="${start}"
                    style="font-family:${fonts};font-size:14px;line-height:1.5;color:${colours.ink};text-align:${start};"
                  >
                    ${brand.name === null ? null : html`<p style="margin:0;font-weight:bold;color:${brand.colour};">${brand.name}</p>`}
                    <h1 style="margin:0;font-size:24px;line-height:1.3;">${title}</h1>
                    <p style="margin:0 0 8px;color:${colours.muted};">${period}</p>
                    <p style="margin:0 0 12px;padding:10px 0 0;border-top:3px solid ${brand.colour};font-size:17px;font-weight:bold;">
                      ${verdict.join(' ')}
                    </p>
                    ${document.stale.map((text) => box(text, colours.warning))}
                    ${document.sampleNote === null ? null : box(document.sampleNote, colours.notice)} ${document.scope.map(quiet)}
                    ${quiet(document.freshness.join(' · '))} ${headlines(document.headlines, start, brand.colour)}
                    ${[document.changes, document.best, document.actions].map((section) => lines(section, start, brand.colour))}
                    ${[document.customers, document.moved].map((section) => table(section, start, brand.colour))}
                    ${heading(document.absent.title, brand.colour)}
                    ${document.absent.entries.length === 0 ? quiet(document.absent.none) : document.absent.entries.map((entry) => quiet(`${entry.title}: ${entry.reason}`))}
                    ${document.boards.map((board) => boardPart(board, brand.colour))} ${quiet(document.attached)} ${quiet(document.version)}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `;
  return body.text;
}

function headlines({ title, head, rows, note }: HeadlineTable, start: string, colour: string): Html {
  return html`${heading(title, colour)}
    <table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;">
      <tr>
        ${head.map((text) => headCell(text, start))}
      </tr>
      ${rows.map(
        ({ board, title: name, value, basis, against, url }) =>
          html`<tr>
            ${cell(html`<span style="color:${colours.muted};font-size:12px;">${board}</span><br />${anchor({ text: name, url }, true)}`, start)}
            ${cell(html`<span style="font-size:17px;font-weight:bold;">${value}</span><br /><span style="color:${colours.muted};font-size:12px;">${basis}</span>`, start)}
            ${against.map((one) => cell(html`${one.value}<br /><span style="color:${tones[one.tone]};font-size:12px;">${signs[one.tone]} ${one.text}</span>`, start))}
          </tr>`,
      )}
    </table>
    ${quiet(note)}`;
}

function lines({ title, lines: all, none, more }: SummaryLines, start: string, colour: string): Html {
  return html`${heading(title, colour)} ${none === null ? null : paragraph(html`${none}`)}
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
      ${all.map((line) => row(line, start))}
    </table>
    ${more === null ? null : paragraph(anchor(more))}`;
}

function row({ tone, number, text, detail, links }: SummaryLine, start: string): Html {
  const sign = tone === null ? html`${number}` : html`<span style="color:${tones[tone]};">${signs[tone]}</span>`;
  return html`<tr>
    <td width="22" valign="top" align="${start}" style="padding:4px 0;font-weight:bold;">${sign}</td>
    <td align="${start}" style="padding:4px 0;">
      ${text}${detail === null ? null : html` <b>${detail}</b>`}${links.length === 0 ? null : html`<br /><span style="font-size:12px;">${joined(links)}</span>`}
    </td>
  </tr>`;
}

function table({ title, lead, head, rows, shown, none, more }: SummaryTable, start: string, colour: string): Html {
  if (none !== null) return html`${heading(title, colour)}${paragraph(html`${none}`)}`;
  return html`${heading(title, colour)}
    <p style="margin:0 0 4px;font-size:12px;color:${colours.muted};">${lead} ${shown}. ${more === null ? null : anchor(more)}</p>
    <table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;">
      <tr>
        ${head.map((text) => headCell(text, start))}
      </tr>
      ${rows.map(
        ({ cells, url }) =>
          html`<tr>
            ${cells.map((text, place) => cell(place === 0 && url !== null ? anchor({ text, url }) : html`${text}`, start))}
          </tr>`,
      )}
    </table>`;
}

function boardPart({ title, description, charts, others, link }: BoardPage, colour: string): Html {
  return html`${heading(title, colour)}${quiet(description)}
  ${charts.map((chart) => paragraph(html`<b>${chart.title}</b><br />${chart.summary}`))}
  ${paragraph(html`<span style="font-size:12px;color:${colours.muted};">${others} ${anchor(link)}</span>`)}`;
}

function heading(text: string, colour: string): Html {
  return html`<h2 style="margin:22px 0 6px;font-size:17px;line-height:1.3;color:${colour};">${text}</h2>`;
}

function paragraph(content: Html): Html {
  return html`<p style="margin:0 0 8px;">${content}</p>`;
}

function quiet(text: string): Html {
  return html`<p style="margin:4px 0;font-size:12px;color:${colours.muted};">${text}</p>`;
}

/** Its letters are set with its ground, so that turned colours never leave one without the other. */
function box(text: string, ground: string): Html {
  return html`<p style="margin:0 0 8px;padding:8px 10px;background-color:${ground};color:${colours.ink};">${text}</p>`;
}

function headCell(text: string, start: string): Html {
  return html`<th
    scope="col"
    align="${start}"
    valign="bottom"
    style="padding:4px 6px 4px 0;font-size:12px;font-weight:normal;color:${colours.muted};"
  >
    ${text}
  </th>`;
}

function cell(content: Html, start: string): Html {
  return html`<td align="${start}" valign="top" style="padding:6px 6px 6px 0;border-top:1px solid ${colours.line};font-size:13px;">
    ${content}
  </td>`;
}

function anchor({ text, url }: SummaryLink, isStrong = false): Html {
  return html`<a href="${url}" style="color:${colours.link};${isStrong ? 'font-weight:bold;' : ''}">${text}</a>`;
}

function joined(links: readonly SummaryLink[]): Html[] {
  return links.map((link, place) => html`${place === 0 ? null : html` · `}${anchor(link)}`);
}
