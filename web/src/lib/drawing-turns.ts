interface Turn {
  element: Element;
  draw: () => Promise<void>;
}

const waiting = new Set<Turn>();
let drawing: Promise<void> | null = null;

/** As long as the page may stand still before a reader notices: so much of what is in sight is drawn from one picture to the next. */
const stillMs = 50;

/**
 * Draws when it is this element's turn: after what is read has been painted, in portions so that the page answers in between, those in
 * sight first, then in the order they asked. Undefined: it was given up before its turn came.
 */
export function inTurn<Result>(element: Element, signal: AbortSignal, draw: () => Promise<Result>): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const turn = { element, draw: () => draw().then(resolve, reject) };
    waiting.add(turn);
    signal.addEventListener('abort', () => {
      if (waiting.delete(turn)) resolve(undefined);
    });
    drawing ??= drawAll();
  });
}

/** Until nothing waits to be drawn. */
export async function allDrawn(): Promise<void> {
  await drawing;
}

async function drawAll(): Promise<void> {
  let paintedAt = -Infinity;
  while (waiting.size > 0) {
    const waitsInSight = [...waiting].some(({ element }) => isInSight(element));
    if (!waitsInSight || performance.now() - paintedAt > stillMs) {
      await afterPaint();
      paintedAt = performance.now();
    }
    await firstWaiting()?.draw();
  }
  drawing = null;
}

function firstWaiting(): Turn | undefined {
  const turn = [...waiting].find(({ element }) => isInSight(element)) ?? [...waiting][0];
  if (turn) waiting.delete(turn);
  return turn;
}

export function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Until the page as it stands is seen. A page in the background is not painted; it does not wait for that. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    const soon = () => setTimeout(resolve);
    if (document.hidden) soon();
    else requestAnimationFrame(soon);
  });
}
