import type { Tier } from '@shidang/access';
import type { ReportingConfig } from '../reporting.config';

/** 工作方案 六(三): each tier has its day. Undefined where nobody reports. */
export function dueDayOf(config: ReportingConfig, tier: Tier): number | undefined {
  const { REPORT_DUE_DAY_COUNTY: county, REPORT_DUE_DAY_CITY: city, REPORT_DUE_DAY_PROVINCE: province } = config;
  return { county, city, province, central: undefined, school: undefined }[tier];
}

export const dueOn = (month: string, day: number): string => `${month}-${String(day).padStart(2, '0')}`;
