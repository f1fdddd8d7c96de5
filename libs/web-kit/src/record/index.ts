export { correctionStatus } from './correction-status';
export { purposes, purposeWords, usePurposeText } from './purposes';
export * from './record-api';
export { standingOf } from './standing';
export { useSubmission, useWithdrawal, type RecordFinding } from './use-submission';
