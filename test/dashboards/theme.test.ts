import { expect, test } from 'vitest';
import { palette } from '#dashboards/theme.js';

/** Linear RGB as those see it who lack a kind of cone: Machado, Oliveira and Fernandes 2009, severity 1. */
const eyes = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

type Triple = [number, number, number];

function linear(colour: string): Triple {
  const part = (at: number) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const times = (m: number[], [r, g, b]: Triple, row: number) => m[row]! * r + m[row + 1]! * g + m[row + 2]! * b;

/** CIE L*a*b* under D65, of a colour as some eyes see it. */
function lab(colour: string, eye: number[]): Triple {
  const seen = linear(colour);
  const rgb = [0, 3, 6].map((row) => Math.min(1, Math.max(0, times(eye, seen, row)))) as Triple;
  const xyz = [0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505];
  const [x, y, z] = [0, 3, 6].map((row, at) => times(xyz, rgb, row) / [0.95047, 1, 1.08883][at]!) as Triple;
  const root = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  return [116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))];
}

function luminance(colour: string): number {
  return times([0.2126, 0.7152, 0.0722], linear(colour), 0);
}

test.each(['light', 'dark'] as const)('on %s, no two categories look alike to any eye, and each stands out from the ground', (theme) => {
  const { categories, ground } = palette(theme);
  for (const [kind, eye] of Object.entries(eyes)) {
    for (const [at, one] of categories.entries()) {
      for (const other of categories.slice(at + 1)) {
        const [a, b] = [lab(one, eye), lab(other, eye)];
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${one} and ${other}, ${kind}`).toBeGreaterThan(15);
      }
    }
  }
  for (const colour of categories) {
    const [low, high] = [luminance(colour), luminance(ground)].sort((a, b) => a - b) as [number, number];
    expect((high + 0.05) / (low + 0.05), colour).toBeGreaterThanOrEqual(3);
  }
});
