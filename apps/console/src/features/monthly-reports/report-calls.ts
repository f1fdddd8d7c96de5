import { answer, api } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CellValue } from './cell-value';

type Schemas = components['schemas'];
export type Report = Schemas['MonthlyReportView'];
export type ReportSummary = Schemas['MonthlyReportSummary'];
export type ReportMonth = Schemas['ReportMonth'];
export type ReportGroup = Schemas['ReportGroup'];
export type ReportCell = Schemas['ReportCell'];
export type Stage = ReportSummary['stage'];
const keys = {
  all: ['monthly-reports'] as const,
  month: (month: string) => ['monthly-reports', 'month', month] as const,
  one: (id: string, number?: number) => ['monthly-reports', 'one', id, number ?? 'shown'] as const,
  list: (filter: object) => ['monthly-reports', 'list', filter] as const,
  records: (id: string, asked: object) => ['monthly-reports', 'records', id, asked] as const,
};

const versioned = (reportId: string, etag: string) => ({
  path: { reportId },
  header: { 'If-Match': `"${etag}"` },
});

export const readReport = (reportId: string, number?: number): Promise<Report> =>
  answer(api.GET('/api/v1/monthly-reports/{reportId}', { params: { path: { reportId }, query: { number } } }));

export const openReport = (month: string): Promise<Report> =>
  answer(api.POST('/api/v1/monthly-reports', { body: { month } }));

export const saveCells = ({ id, etag }: Seen, cells: Record<string, CellValue>): Promise<Report> =>
  answer(
    api.PATCH('/api/v1/monthly-reports/{reportId}', {
      params: versioned(id, etag),
      body: { cells },
    }),
  );

/** A report in the version somebody has seen. */
export type Seen = Pick<Report, 'id' | 'etag'>;

export const submitReport = ({ id, etag }: Seen): Promise<Report> =>
  answer(api.POST('/api/v1/monthly-reports/{reportId}/submission', { params: versioned(id, etag) }));

export const acceptReport = ({ id, etag }: Seen): Promise<Report> =>
  answer(api.POST('/api/v1/monthly-reports/{reportId}/acceptance', { params: versioned(id, etag) }));

export const returnReport = ({ id, etag }: Seen, reason: string): Promise<Report> =>
  answer(api.POST('/api/v1/monthly-reports/{reportId}/return', { params: versioned(id, etag), body: { reason } }));

export const restateReport = ({ id, etag }: Seen, reason: string): Promise<Report> =>
  answer(
    api.POST('/api/v1/monthly-reports/{reportId}/restatements', { params: versioned(id, etag), body: { reason } }),
  );

export const useReportMonth = (month: string) =>
  useQuery({
    queryKey: keys.month(month),
    queryFn: () => answer(api.GET('/api/v1/report-months/{month}', { params: { path: { month } } })),
  });

export const useReport = (id: string, number: number | undefined) =>
  useQuery({ queryKey: keys.one(id, number), queryFn: () => readReport(id, number) });

interface ListFilter {
  readonly month?: string;
  readonly stage?: Stage;
  readonly limit: number;
  readonly cursor?: string;
}

export const useReports = (filter: ListFilter) =>
  useQuery({
    queryKey: keys.list(filter),
    queryFn: () => answer(api.GET('/api/v1/monthly-reports', { params: { query: filter } })),
  });

interface RecordsAsked {
  readonly key: string;
  readonly number?: number;
  readonly limit: number;
  readonly cursor?: string;
}

export const useCellRecords = (reportId: string, { key, ...query }: RecordsAsked) =>
  useQuery({
    queryKey: keys.records(reportId, { key, ...query }),
    queryFn: () =>
      answer(
        api.GET('/api/v1/monthly-reports/{reportId}/cells/{key}/records', {
          params: { path: { reportId, key }, query },
        }),
      ),
  });

/** After a write: what was shown of any report is read again. */
export function useReportsAgain() {
  const queries = useQueryClient();
  return {
    again: () => queries.invalidateQueries({ queryKey: keys.all }),
    /** The answer of a write is the report as it is now. */
    now: (report: Report) => queries.setQueryData(keys.one(report.id), report),
  };
}
