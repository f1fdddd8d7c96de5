import { ownRecordTodo } from './own-record';

describe('what a teacher has to do', () => {
  it.each([
    ['not-started', 'fillOwn'],
    ['draft', 'fillOwn'],
    ['complete', 'submitOwn'],
    ['school-returned', 'mendOwn'],
    ['authority-returned', 'mendOwn'],
  ] as const)('with a record that is %s is said as %s', (status, key) =>
    expect(ownRecordTodo({ id: 't', status, inReview: false })).toEqual([{ key, count: 1, to: '/teachers/t' }]),
  );

  it('is nothing while others have the record, or when it is effective', () => {
    expect(ownRecordTodo({ id: 't', status: 'complete', inReview: true })).toEqual([]);
    expect(ownRecordTodo({ id: 't', status: 'school-review', inReview: true })).toEqual([]);
    expect(ownRecordTodo({ id: 't', status: 'effective', inReview: false })).toEqual([]);
  });
});
