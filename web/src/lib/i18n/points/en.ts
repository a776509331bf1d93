export const points = {
  'chart.open-item': '{text}. Open its story.',
};
