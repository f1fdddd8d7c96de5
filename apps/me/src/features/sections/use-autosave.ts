import { defaultsFor, type Category, type Value } from '@shidang/catalogue';
import { formatDay, RefusedByServer, type MergeConflict } from '@shidang/web-kit';
import type { EntryView } from '@shidang/web-kit/record';
import {
  changesOf,
  complaintsOf,
  fieldsOf,
  openDraft,
  rebase,
  reveal,
  settle,
  takeTheirs,
  typeInto,
  type Complaint,
  type DraftPlace,
  type RowRights,
  type SectionDraft,
} from '@shidang/web-kit/section-form';
import { useEffect, useMemo, useRef, useState } from 'react';
import { forget, keep, takenUp, type Suggested } from './draft-shelf';
import { beingMade, makes } from './rows-being-made';
import { heldBack, isForLater, sendable, withoutHeld } from './sendable';

export interface Written {
  readonly entry: EntryView;
  readonly etag: string;
}

export interface RowSource {
  readonly place: DraftPlace;
  /** Absent for a new row: its first value makes it. */
  readonly entry?: EntryView;
  readonly category: Category;
  readonly rights: RowRights;
  /** The last submission of the record: what was typed before one is not saved by itself after it. */
  readonly round: string;
  readonly save: (changes: Record<string, unknown>, entry: Written | undefined) => Promise<Written>;
  /** The row as it lies at the server now; undefined when it is gone. */
  readonly reload: (entryId: string) => Promise<EntryView | undefined>;
  readonly onSaved: () => void;
}

export type Saving =
  { readonly kind: 'untouched' | 'saving' | 'waiting' | 'held' } | { readonly kind: 'saved'; readonly at: Date };

const today = () => formatDay(new Date());
const retryMilliseconds = 10_000;

/** `typed`: somebody has worked on it, which the defaults of a new row are not. */
function begin({ place, entry, category, rights, round }: RowSource) {
  const opened = openDraft(place.section, category, entry?.values);
  const started = Object.entries(entry ? {} : defaultsFor(place.section, category))
    .filter(([key]) => rights.keys.includes(key))
    .reduce((draft, [key, value]) => typeInto(draft, key, value), opened);
  if (rights.keys.length === 0) return { draft: started, suggested: {}, typed: false } as const;
  const { draft, suggested, lay } = takenUp(place, started, { round, ...(entry && { etag: entry.etag }) });
  return { draft, suggested, typed: lay };
}

/** The refusal said which fields; what it says stands at them until they are typed anew. */
const complaintsOfServer = ({ problem }: RefusedByServer): Complaint[] =>
  (problem.errors ?? []).map(({ field, code, detail }) => ({
    key: field,
    code,
    severity: 'error' as const,
    words: { zh: detail, en: detail },
    blocks: true,
  }));

/** One row that saves itself, field by field, with If-Match; when somebody else was first it is merged and sent again. */
export function useAutosave(source: RowSource) {
  const { rights } = source;
  const [begun] = useState(() => begin(source));
  const [draft, setDraft] = useState<SectionDraft>(begun.draft);
  const [saving, setSaving] = useState<Saving>({ kind: 'untouched' });
  const [refused, setRefused] = useState<readonly Complaint[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const [conflicts, setConflicts] = useState<readonly MergeConflict[]>([]);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const [suggested, setSuggested] = useState<Suggested>(begun.suggested);
  const waiting = useRef(begun.suggested);
  const latest = useRef(draft);
  const stored = useRef<Written | undefined>(source.entry && { entry: source.entry, etag: source.entry.etag });
  const place = useRef(source.place);
  const sending = useRef(false);
  const typed = useRef(begun.typed);
  /** What the server refused: not sent again as it is. */
  const held = useRef<Readonly<Record<string, unknown>>>({});
  const around = useRef(source);
  around.current = source;

  const show = (next: SectionDraft) => {
    latest.current = next;
    setDraft(next);
  };
  const put = (next: SectionDraft) => {
    show(next);
    const { round } = around.current;
    keep(place.current, next, { round, ...(stored.current && { etag: stored.current.etag }) }, waiting.current);
  };
  const putting = useRef(put);
  putting.current = put;
  const without = (key: string) => {
    waiting.current = Object.fromEntries(Object.entries(waiting.current).filter(([each]) => each !== key));
    setSuggested(waiting.current);
  };

  const toSend = () => withoutHeld(sendable(latest.current, today()), held.current);
  const isHeld = () => Object.keys(toSend()).length < Object.keys(sendable(latest.current, today())).length;

  const written = (sent: SectionDraft, answer: Written) => {
    if (!stored.current) {
      forget(place.current);
      place.current = { ...place.current, entryId: answer.entry.id };
    }
    stored.current = answer;
    put(settle(latest.current, sent, { ...sent.base, ...answer.entry.values }));
    if (!isHeld()) setFailure(undefined);
    setSaving(isHeld() ? { kind: 'held' } : { kind: 'saved', at: new Date() });
    around.current.onSaved();
  };

  const mergeWith = (fresh: EntryView) => {
    const result = rebase(latest.current, fresh.values);
    stored.current = { entry: fresh, etag: fresh.etag };
    // what is asked about lies here as it did until it is answered
    if (result.conflicts.length > 0) show(result.draft);
    else put(result.draft);
    setTaken(result.taken);
    setConflicts(result.conflicts);
    return result.conflicts.length === 0;
  };

  /** True: go on at once with what is not held. */
  const refusedBy = async (error: unknown, changes: Record<string, unknown>): Promise<boolean> => {
    if (isForLater(error) || !(error instanceof RefusedByServer)) {
      setSaving({ kind: 'waiting' });
      return false;
    }
    if (error.problem.status === 412 && stored.current) {
      const fresh = await around.current.reload(stored.current.entry.id);
      if (fresh) return mergeWith(fresh);
    }
    const said = complaintsOfServer(error).filter(({ key }) => key !== undefined);
    const named = said.flatMap(({ key }) => key ?? []);
    held.current = { ...held.current, ...heldBack(changes, named) };
    setSaving({ kind: 'held' });
    if (said.length > 0) setRefused((all) => [...all.filter(({ key }) => !named.includes(key ?? '')), ...said]);
    else setFailure(error);
    return true;
  };

  /** False: what was made by then has to be decided about first. */
  const joined = async (): Promise<boolean> => {
    const answer = stored.current ? undefined : await beingMade(place.current)?.catch(() => undefined);
    if (!answer) return true;
    place.current = { ...place.current, entryId: answer.entry.id };
    return mergeWith(answer.entry);
  };

  const save = (changes: Record<string, unknown>): Promise<Written> => {
    const saved = around.current.save(changes, stored.current);
    return stored.current ? saved : makes(place.current, saved);
  };

  const flush = async (): Promise<void> => {
    if (sending.current || !typed.current) return;
    sending.current = true;
    try {
      if (!(await joined())) return;
      for (let changes = toSend(); Object.keys(changes).length > 0; changes = toSend()) {
        const base = latest.current;
        // of what is sent only what is right counts as sent
        const sent: SectionDraft = { ...base, values: { ...base.base, ...withoutNull(changes) } };
        setSaving({ kind: 'saving' });
        try {
          written(sent, await save(changes));
        } catch (error) {
          if (!(await refusedBy(error, changes))) return;
        }
      }
    } finally {
      sending.current = false;
    }
  };
  const flushing = useRef(flush);
  flushing.current = flush;

  // what was typed before a reload or without a connection is sent as soon as it can be
  useEffect(() => {
    // what was kept and is no change any more is forgotten
    if (begun.typed) putting.current(begun.draft);
    // what is in effect is written no more: what was typed before can never be saved, and would count for ever
    else if (around.current.entry?.isEffective) forget(place.current);
    void flushing.current();
    const again = () => void flushing.current();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [begun]);
  useEffect(() => {
    if (saving.kind !== 'waiting') return undefined;
    const timer = setInterval(() => void flushing.current(), retryMilliseconds);
    return () => clearInterval(timer);
  }, [saving.kind]);

  const type = (key: string, raw: unknown) => {
    setRefused((all) => all.filter((each) => each.key !== key));
    held.current = {};
    typed.current = true;
    without(key);
    put(typeInto(latest.current, key, raw));
    void flush();
  };

  const fields = useMemo(() => fieldsOf(draft, rights), [draft, rights]);
  const found = useMemo(() => complaintsOf(draft, today()), [draft]);
  const drawn = new Set(fields.map(({ key }) => key));

  return {
    draft,
    fields,
    complaints: [...found, ...refused].filter(({ key }) => key === undefined || drawn.has(key)),
    saving,
    failure,
    conflicts,
    taken,
    isNew: stored.current === undefined,
    stored: () => stored.current,
    type,
    /** Typed here before, and not saved by itself: the row has moved on since. */
    suggested,
    letGo: (key: string) => {
      without(key);
      put(latest.current);
    },
    reveal: (key: string, plain: Value | undefined) => put(reveal(latest.current, key, plain)),
    decide: (theirs: readonly string[]) => {
      setConflicts([]);
      put(theirs.reduce(takeTheirs, latest.current));
      void flush();
    },
    forget: () => forget(place.current),
    isSettled: () => Object.keys(changesOf(latest.current)).length === 0,
  };
}

export type Autosave = ReturnType<typeof useAutosave>;

const withoutNull = (changes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value ?? undefined]));
