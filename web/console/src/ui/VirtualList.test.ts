import { expect, it } from 'vitest';
import { windowOf } from './VirtualList';

it('draws only the rows in view and a few around', () => {
  expect(windowOf(0, 800, 80, 1000)).toEqual({ from: 0, to: 16 });
  expect(windowOf(8000, 800, 80, 1000)).toEqual({ from: 94, to: 116 });
  expect(windowOf(79_900, 800, 80, 1000).to).toBe(1000);
});
