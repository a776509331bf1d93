interface Turn {
  element: Element;
  draw: () => Promise<void>;
}

const waiting = new Set<Turn>();
let isDrawing = false;

/**
 * Draws when it is this element's turn: after what is read has been painted, one drawing at a time so that the page answers in
 * between, those in sight first, then in the order they asked. Undefined: it was given up before its turn came.
 */
export function inTurn<Result>(element: Element, signal: AbortSignal, draw: () => Promise<Result>): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const turn = { element, draw: () => draw().then(resolve, reject) };
    waiting.add(turn);
    signal.addEventListener('abort', () => {
      if (waiting.delete(turn)) resolve(undefined);
    });
    if (!isDrawing) void drawAll();
  });
}

async function drawAll(): Promise<void> {
  isDrawing = true;
  for (let turn = await nextTurn(); turn; turn = await nextTurn()) await turn.draw();
  isDrawing = false;
}

async function nextTurn(): Promise<Turn | undefined> {
  await afterPaint();
  const turn = [...waiting].find(({ element }) => isInSight(element)) ?? [...waiting][0];
  if (turn) waiting.delete(turn);
  return turn;
}

function isInSight(element: Element): boolean {
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
