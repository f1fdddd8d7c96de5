import { findSection, type SectionKey } from '@shidang/catalogue';
import { useSection } from '@shidang/web-kit/record';
import { useRef } from 'react';
import { useParams } from 'wouter';
import { Loading } from '../../app/loading';
import { NotFoundPage } from '../../app/not-found-page';
import { useOwnRecordId } from '../record/own-record';
import RowPage from './row-page';

/** The row of the address: one that is gone would look like a new one. */
export default function RowThere() {
  const { section = '', entryId = '' } = useParams<{ section: string; entryId: string }>();
  const known = findSection(section)?.key;
  if (!known) return <NotFoundPage />;
  return entryId === 'new' ? <RowPage /> : <There key={`${known} ${entryId}`} section={known} entryId={entryId} />;
}

/** Once it was there it stays open: what was typed is not taken away when it goes meanwhile. */
function There({ section, entryId }: { readonly section: SectionKey; readonly entryId: string }) {
  const { data, isFetching } = useSection(useOwnRecordId() ?? '', section);
  const wasThere = useRef(false);
  if (data?.entries.some(({ id }) => id === entryId)) wasThere.current = true;
  if (!data || wasThere.current) return <RowPage />;
  return isFetching ? <Loading /> : <NotFoundPage />;
}
