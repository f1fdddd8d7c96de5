import type { Batch } from '../load/batch';
import type { Calendar } from '../world/calendar';
import type { SeededSchool } from '../world/organisations';

/** 应采集人数: a few more than are registered; where nobody logs in none is declared, where it is late none confirmed. */
export function addHeadCount(batch: Batch, school: SeededSchool, calendar: Calendar): void {
  if (school.pace === 'silent') return;
  const declared = school.teachers + Math.round(school.teachers * 0.04);
  const confirmed = school.pace === 'late' ? null : declared;
  batch.add('reporting', 'head_count', {
    ...{ school_code: school.code, org_path: school.orgPath, declared, declared_at: calendar.at('registered') },
    ...{ confirmed, confirmed_at: confirmed === null ? null : calendar.at('filled') },
  });
}
