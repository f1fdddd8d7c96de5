import type { components } from '@shidang/client';
import { formatDay, RefusedByServer, type MergeConflict } from '@shidang/web-kit';
import {
  blocking,
  changesOf,
  complaintsOf,
  fieldsOf,
  isChanged,
  losesOnReload,
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
import { defaultsFor, type Category, type Value } from '@shidang/catalogue';
import { forget, keep, restored } from './draft-shelves';
import { useEffect, useMemo, useRef, useState } from 'react';

export type EntryView = components['schemas']['EntryView'];
export type EntryWritten = components['schemas']['EntryWritten'];

export interface RowFormSource {
  readonly place: DraftPlace;
  /** Absent for a new row. */
  readonly entry?: EntryView;
  readonly category: Category;
  readonly rights: RowRights;
  readonly save: (changes: Record<string, unknown>, etag: string | undefined) => Promise<EntryWritten>;
  /** The row as it lies at the server now; undefined when it is gone. */
  readonly reload: () => Promise<EntryView | undefined>;
  readonly onSaved: (written: EntryWritten, merged: readonly string[]) => void;
}

interface Work {
  readonly draft: SectionDraft;
  readonly etag: string | undefined;
}

/** A conflict that waits for somebody's decision. */
export interface OpenMerge {
  readonly conflicts: readonly MergeConflict[];
  readonly taken: readonly string[];
}

const today = () => formatDay(new Date());

function begin({ place, entry, category, rights }: RowFormSource): Work & { restored: boolean } {
  const opened = openDraft(place.section, category, entry?.values);
  const defaults = entry ? {} : defaultsFor(place.section, category);
  const started = Object.entries(defaults)
    .filter(([key]) => rights.keys.includes(key))
    .reduce((draft, [key, value]) => typeInto(draft, key, value), opened);
  const draft = rights.keys.length === 0 ? started : restored(place, started);
  return { draft, etag: entry?.etag, restored: draft !== started };
}

/** One row in work: draft, what is wrong with it, saving with If-Match, and the merge when somebody else was first. */
export function useRowForm(source: RowFormSource) {
  const { place, entry, rights } = source;
  const [begun] = useState(() => begin(source));
  const [{ draft, etag }, setWork] = useState<Work>(begun);
  const [isRestored, setRestored] = useState(begun.restored);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempt, setAttempt] = useState(0);
  const [refused, setRefused] = useState<readonly Complaint[]>([]);
  const [merge, setMerge] = useState<OpenMerge>();
  const [failure, setFailure] = useState<unknown>();
  const [isSaving, setSaving] = useState(false);
  const [isSaved, setSaved] = useState(false);

  const latest = useRef({ draft, etag });
  latest.current = { draft, etag };
  const sending = useRef(false);

  const put = (next: SectionDraft, nextEtag = latest.current.etag) => {
    latest.current = { draft: next, etag: nextEtag };
    setWork(latest.current);
    keep(place, next);
  };

  // what was read anew replaces what nobody worked on
  const takeFresh = useRef(() => undefined as void);
  takeFresh.current = () => {
    const now = latest.current;
    if (!entry || entry.etag === now.etag || isChanged(now.draft)) return;
    put(openDraft(place.section, source.category, entry.values), entry.etag);
  };
  useEffect(() => takeFresh.current(), [entry?.etag]);

  const isLost = losesOnReload(draft);
  useEffect(() => {
    if (!isLost) return undefined;
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [isLost]);

  const fields = useMemo(() => fieldsOf(draft, rights), [draft, rights]);
  const found = useMemo(() => complaintsOf(draft, today()), [draft]);
  const drawn = new Set(fields.map(({ key }) => key));
  const complaints = [...found, ...refused].filter(({ key }) => key === undefined || drawn.has(key));

  const type = (key: string, raw: unknown) => {
    setTouched((all) => new Set(all).add(key));
    setRefused((all) => all.filter((each) => each.key !== key));
    setSaved(false);
    put(typeInto(latest.current.draft, key, raw));
  };

  const send = async (merged: readonly string[]): Promise<void> => {
    const { draft: sent, etag: read } = latest.current;
    const changes = changesOf(sent);
    sending.current = true;
    setSaving(true);
    setFailure(undefined);
    try {
      const written = await source.save(changes, read);
      setRestored(false);
      // what the server answers masked replaces what was typed in clear; what was typed since it was sent stays
      const left = settle(latest.current.draft, sent, { ...sent.values, ...written.entry.values });
      put(left, written.etag);
      if (!entry) {
        forget(place);
        keep({ ...place, entryId: written.entry.id }, left);
      }
      setSaved(!isChanged(left));
      source.onSaved(written, merged);
    } catch (error) {
      await refusedBy(error);
    } finally {
      sending.current = false;
      setSaving(false);
    }
  };

  const refusedBy = async (error: unknown): Promise<void> => {
    const status = error instanceof RefusedByServer ? error.problem.status : 0;
    if (status === 412) return mergeWith(await source.reload(), error);
    if (error instanceof RefusedByServer && error.problem.errors?.some(({ field }) => field)) {
      setRefused(complaintsOfServer(error));
      setAttempt((count) => count + 1);
    } else setFailure(error);
  };

  const mergeWith = async (fresh: EntryView | undefined, error: unknown): Promise<void> => {
    if (!fresh) return setFailure(error);
    const result = rebase(latest.current.draft, fresh.values);
    put(result.draft, fresh.etag);
    if (result.conflicts.length > 0) return setMerge(result);
    await send(result.taken);
  };

  const save = async (): Promise<void> => {
    // a new row that was added already has a version: it is not added again
    if (sending.current || merge || (!entry && latest.current.etag)) return;
    setRefused([]);
    setFailure(undefined);
    // leaving a text field reads it: the draft of this moment is in `latest`
    const now = complaintsOf(latest.current.draft, today());
    setAttempt((count) => count + 1);
    if (blocking(now).length > 0) return;
    if (Object.keys(changesOf(latest.current.draft)).length === 0 && entry) return setSaved(true);
    await send([]);
  };

  return {
    draft,
    fields,
    complaints,
    touched,
    attempt,
    merge,
    failure,
    isSaving,
    isSaved,
    isRestored,
    type,
    save,
    reveal: (key: string, plain: Value | undefined) => put(reveal(latest.current.draft, key, plain)),
    discard: () => {
      if (sending.current) return;
      forget(place);
      setRestored(false);
      setRefused([]);
      setTouched(new Set());
      put(openDraft(place.section, source.category, entry?.values), entry?.etag);
    },
    decideMerge: async (theirs: readonly string[]) => {
      const taken = merge?.taken ?? [];
      setMerge(undefined);
      put(theirs.reduce(takeTheirs, latest.current.draft));
      if (isChanged(latest.current.draft)) await send(taken);
    },
    cancelMerge: () => setMerge(undefined),
  };
}

export type RowForm = ReturnType<typeof useRowForm>;

const complaintsOfServer = ({ problem }: RefusedByServer): Complaint[] =>
  (problem.errors ?? []).map(({ field, code, detail }) => ({
    key: field,
    code,
    severity: 'error' as const,
    words: { zh: detail, en: detail },
    blocks: true,
  }));
