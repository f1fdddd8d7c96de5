import { refusedSubjects, type TriedSubject } from './refused-subjects';

const tried = (user: string, operation: TriedSubject['operation'], subject: string) => ({ user, operation, subject });
const foreign = [tried('review', 'publish', 'evt.records.x'), tried('review', 'subscribe', 'rpc.records.>')];
const own = [tried('review', 'subscribe', 'rpc.review.>')];

it('all foreign ones refused, the own one not: nothing to say', () => {
  expect(refusedSubjects(foreign, own, foreign)).toEqual([]);
});

it('one that is let through is seen, also when another user or the other operation was refused', () => {
  const others = [
    foreign[0]!,
    tried('records', 'subscribe', 'rpc.records.>'),
    tried('review', 'publish', 'rpc.records.>'),
  ];
  expect(refusedSubjects(foreign, own, others).map(({ says }) => says)).toEqual([
    'review subscribe rpc.records.> is let through',
  ]);
});

it('a server that refuses everything proves nothing', () => {
  expect(refusedSubjects(foreign, own, [...foreign, ...own])).toHaveLength(1);
});
