import type { components } from '@shidang/client';
import { useSession } from '@shidang/web-kit';
import { useMemo } from 'react';
import { useUrlSearch } from '../../app/url-state';
import { waitingFor } from './waiting-for';

export type { CaseSummary, CaseView, MarkedValue } from '@shidang/web-kit/review';
export type CaseGroup = components['schemas']['CaseGroup'];
export type CaseFilter = components['schemas']['CaseFilter'];

type Narrowed = 'kind' | 'shape' | 'risk' | 'school' | 'case';

/** A shape of nothing in particular is a word of its own in the URL: empty words are dropped there. */
const wholeRecord = '-';

/** Which cases are worked through, and which one is open: all of it in the URL. */
export function useReviewFilter() {
  const [search, change] = useUrlSearch<Narrowed>();
  const { kind, shape, risk, school, case: open } = search;
  const { tier } = useSession().post;
  const filter = useMemo((): CaseFilter => {
    return {
      ...waitingFor(tier),
      ...(kind ? { kind: kind as CaseFilter['kind'] } : {}),
      ...(shape ? { shape: shape === wholeRecord ? '' : shape } : {}),
      ...(risk ? { risk: risk as CaseFilter['risk'] } : {}),
      ...(school ? { organisation: school } : {}),
    };
  }, [kind, shape, risk, school, tier]);
  return { filter, open, school, change };
}

export const shapeInUrl = (shape: string): string => (shape === '' ? wholeRecord : shape);

/** What is counted into groups: the school stays, kind and shape are what the groups are. */
export const ungrouped = ({ kind: _, shape: __, risk: ___, ...rest }: CaseFilter): CaseFilter => rest;
