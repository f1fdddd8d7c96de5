import { teacherScope } from './caller';
import { mayFillSection, maySeeSection, organisationOnlySections } from './section-policy';

describe('sections by role (A4)', () => {
  test('a viewer reads basic, education, post and title, and nothing else', () => {
    expect(['basic', 'education', 'post', 'proTitle'].every((key) => maySeeSection('informationViewer', key))).toBe(
      true,
    );
    expect(
      ['pay', 'ethics', 'contact', 'assessment', 'unknown'].some((key) => maySeeSection('informationViewer', key)),
    ).toBe(false);
  });

  test('assessment, pay, ethics and title are refused to a teacher even when the catalogue said otherwise (三(三))', () => {
    for (const key of organisationOnlySections) {
      expect(mayFillSection('teacher', { key, fillableBy: 'teacher' })).toBe(false);
      expect(mayFillSection('informationAdministrator', { key, fillableBy: 'school' })).toBe(true);
    }
  });

  test('a teacher fills what the catalogue leaves to teachers', () => {
    expect(mayFillSection('teacher', { key: 'education', fillableBy: 'teacher' })).toBe(true);
    expect(mayFillSection('teacher', { key: 'post', fillableBy: 'school' })).toBe(false);
  });

  test('principals, viewers, administrators of accounts fill nothing', () => {
    for (const role of ['principal', 'informationViewer', 'systemAdministrator', 'auditor', 'operator'] as const)
      expect(mayFillSection(role, { key: 'education', fillableBy: 'teacher' })).toBe(false);
  });

  test('a teacher is scoped to his own record, and to none when he has no id', () => {
    expect(teacherScope({ role: 'teacher', teacherId: 't' })).toBe('t');
    expect(teacherScope({ role: 'teacher' })).toBe('');
    expect(teacherScope({ role: 'operator' })).toBe('');
    expect(teacherScope({ role: 'principal' })).toBe('*');
  });
});
