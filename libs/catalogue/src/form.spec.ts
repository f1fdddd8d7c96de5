import { exampleRow, formFields, rowViolations, withChange } from './index';

const fields = (section: 'education' | 'post', values: Record<string, unknown>) =>
  Object.fromEntries(formFields(section, values, 'primarySecondary').map((each) => [each.indicator.key, each]));

describe('a form', () => {
  it('requires and switches off by what is chosen so far', () => {
    expect(fields('education', { educationLevel: '21' })['major']).toMatchObject({ required: true, off: false });
    expect(fields('education', { educationLevel: '0' })['major']).toMatchObject({ required: false, off: true });
    expect(fields('education', {})['major']).toMatchObject({ required: false, off: false });
  });

  it('offers only codes that agree with the rest of the row', () => {
    const codes = (values: Record<string, unknown>) =>
      fields('post', values)['postLevel']?.choices?.map((each) => each.code);
    expect(codes({ postCategory: '2' })).toContain('207');
    expect(codes({ postCategory: '2' })).not.toContain('110');
    expect(codes({ postCategory: '1' })).toContain('110');
    const names = fields('education', { degreeLevel: '4' })['degreeName']?.choices;
    expect(names?.every((each) => each.parent === '4')).toBe(true);
  });

  it('clears what a change switches off, so that nothing unseen is submitted', () => {
    const row = exampleRow('education', 'primarySecondary');
    const changed = withChange('education', row, 'educationLevel', '0', 'primarySecondary');
    expect(changed).not.toHaveProperty('major');
    expect(rowViolations('education', changed, 'primarySecondary', { today: '2016-11-23' })).toEqual([]);
  });

  it('takes away a level that no longer belongs, and sets what must be', () => {
    const post = exampleRow('post', 'primarySecondary');
    expect(withChange('post', post, 'postCategory', '2', 'primarySecondary')).not.toHaveProperty('postLevel');
    expect(withChange('post', post, 'postCategory', '12', 'primarySecondary')).toHaveProperty('postLevel', '110');
    const teaching = exampleRow('teaching', 'primarySecondary');
    const none = withChange('teaching', teaching, 'stage', ['0'], 'primarySecondary');
    expect(none).toMatchObject({ teachingStatus: '10' });
    expect(none).not.toHaveProperty('weeklyHours');
  });
});
