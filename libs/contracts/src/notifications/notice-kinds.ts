/** What a notice says; the words are rendered from kind and count when it is read, never stored. */
export const noticeKinds = [
  'case-awaiting-school',
  'case-awaiting-authority',
  'case-returned-by-school',
  'case-returned-by-authority',
  'change-returned',
  'case-approved',
  'case-conflict',
  'correction-asked',
  'correction-applied',
  'correction-declined',
  'report-submitted',
  'report-returned',
  'report-accepted',
  'urging',
  'urging-climbed',
  'urging-answered',
  'urging-unanswered',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
