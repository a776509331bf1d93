const steps = [
  '../',
  '..\\',
  '%2e%2e/',
  '%2e%2e%2f',
  '..%2f',
  '..%5c',
  '%252e%252e%252f',
  '..%252f',
  '....//',
  '..;/',
  '.%2e/',
  '%c0%ae%c0%ae/',
  '%uff0e%uff0e/',
  '..%00/',
  '/../',
  '\\\\..\\',
];
const targets = [
  'etc/passwd',
  'secret.txt',
  'secret.txt%00.js',
  'secrets.key',
  'metrics/',
  'server.pid',
  'proc/self/environ',
  'package.json',
];

/** 512 ways out of a directory. */
export const waysOut: readonly string[] = steps.flatMap((step) =>
  [1, 2, 4, 9].flatMap((depth) => targets.map((target) => step.repeat(depth) + target)),
);
