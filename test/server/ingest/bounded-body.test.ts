import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { boundedBody } from '#server/ingest/bounded-body.js';

/** What becomes of a body whose parts are sent one by one; without an end it is left open. */
function received(parts: string[], options: { ends: boolean; idleMs?: number }): Promise<string> {
  const limits = { bytes: 10, idleMs: options.idleMs ?? 60_000 };
  return new Promise((resolve, reject) => {
    const server = createServer((incoming: IncomingMessage, answer) => {
      void (async () => {
        let text = '';
        try {
          for await (const chunk of boundedBody(incoming, limits)) text += chunk.toString();
          answer.end(text);
        } catch (error) {
          answer.end(String(error));
        }
      })();
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const asked = request({ host: '127.0.0.1', port, method: 'POST' }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => {
          asked.destroy();
          server.close(() => resolve(text));
          server.closeAllConnections();
        });
      });
      asked.on('error', reject);
      for (const part of parts) asked.write(part);
      if (options.ends) asked.end();
    });
  });
}

test('a body within its limits comes as it was sent', async () => {
  expect(await received(['12345', '67890'], { ends: true })).toBe('1234567890');
});

test('one that turns out too long is cut and the sender is told, though more is to come', async () => {
  expect(await received(['12345', '678901'], { ends: false })).toBe(
    'FeedRefusal: The body is longer than 10 bytes; send it in several parts.',
  );
});

test('one that stalls ends after the longest silence', async () => {
  expect(await received(['12345'], { ends: false, idleMs: 50 })).toBe('FeedRefusal: Nothing came for 0.05 s; send it again.');
});
