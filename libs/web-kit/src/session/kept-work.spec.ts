import { forgetWork, keepWorkOf } from './kept-work';

function tab(...keys: string[]) {
  const kept = new Map(keys.map((key) => [key, '{}']));
  return {
    kept: () => [...kept.keys()].sort(),
    get length() {
      return kept.size;
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

const work = ['shidang.draft.a.t.education.e', 'shidang.import.i', 'shidang.report.a.r', 'shidang.marks.c'];

test('log-out leaves no unsaved work in the tab, and touches nothing else', () => {
  const shelf = tab(...work, 'shidang.other');
  keepWorkOf('a', shelf);
  forgetWork(shelf);
  expect(shelf.kept()).toEqual(['shidang.other', 'shidang.owner']);
});

test('the same account finds its work again, another one nothing', () => {
  const shelf = tab(...work);
  keepWorkOf('a', shelf);
  keepWorkOf('a', shelf);
  expect(shelf.kept()).toEqual(expect.arrayContaining(work));
  keepWorkOf('b', shelf);
  expect(shelf.kept()).toEqual(['shidang.owner']);
  forgetWork(shelf);
  shelf.setItem('shidang.import.i', '[]');
  keepWorkOf('a', shelf);
  expect(shelf.kept()).toEqual(['shidang.owner']);
});
