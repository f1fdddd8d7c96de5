import { useSession } from '@shidang/web-kit';
import type { ComponentType } from 'react';
import { Redirect } from 'wouter';
import { useOwnRecordId } from '../features/record/own-record';
import { NotFoundPage } from './not-found-page';

interface PageProps {
  /** False: the address names nothing there is. */
  readonly at?: boolean;
  readonly of: ComponentType;
}

/** A page of the own record: there for a teacher's post only, any other begins where its own work is. */
export function OwnPage({ at = true, of: Page }: PageProps) {
  if (useOwnRecordId() === undefined) return <Redirect to="/" replace />;
  return at ? <Page /> : <NotFoundPage />;
}

/** A page of a principal's work. */
export function PrincipalsPage({ at = true, of: Page }: PageProps) {
  const { post } = useSession();
  if (post.role !== 'principal') return <Redirect to="/" replace />;
  return at ? <Page /> : <NotFoundPage />;
}
