import type { TeacherView } from './record-api';

/** Submitted and locked, but the case that waits for the school reaches the record only a moment later. */
export const standingOf = ({ status, inReview }: Pick<TeacherView, 'status' | 'inReview'>): TeacherView['status'] =>
  inReview && status === 'complete' ? 'school-review' : status;
