export { api, frankApi, steadyRequest } from './api/api';
export { download } from './api/download';
export { useConnection, type Connection } from './api/connection';
export { pause, steadyFetch, type Surroundings } from './api/steady-fetch';
export { answer, RefusedByServer, type Problem } from '@shidang/client';
export { ErrorSummary, type FieldError } from './errors/error-summary';
export {
  daysSince,
  formatDay,
  formatMoment,
  formatMonth,
  formatNumber,
  formatRate,
  formatShare,
  formatTime,
} from './format/format';
export { followEvents, type Followed } from './jobs/follow-events';
export { JobProgress } from './jobs/job-progress';
export { isJobOver, isJobStill, jobKey, useJob, type Job } from './jobs/use-job';
export { KeysProvider, useKeys, useListedKeys, type KeyBinding } from './keys/keys';
export { PasswordRules } from './session/password-rules';
export * from './merge/three-way-merge';
export { passwordGate } from './session/password-gate';
export { sessionGate } from './session/session-gate';
export { sitDown, unproven } from './session/seat';
export { useGate } from './session/gate';
export {
  fetchSession,
  logInAgain,
  sessionOf,
  SessionProvider,
  sessionKey,
  useSession,
  useSessionQuery,
  useSessionVerbs,
  useStrangers,
  type Credentials,
  type Me,
  type MyPermissions,
  type Post,
  type Session,
} from './session/session';
export { recordStatuses, statusWords, toneOf, type Tone } from './status/case-status';
export { StatusTag, ToneTag } from './status/status-tag';
export { fontFamily, tokens } from './tokens';
export { toldProblem, type ToldProblem } from './problem/told-problem';
export { doorTexts } from './words/door-texts';
export { defineWords, inLanguage, say, useWords, type Said, type Say, type Texts } from './words/define-words';
export { language, languages, setLanguage, useLanguage, type Language } from './words/language';
export { listenToMe, type MeEvents } from './events/me-events';
export { useMeEvents } from './events/use-me-events';
