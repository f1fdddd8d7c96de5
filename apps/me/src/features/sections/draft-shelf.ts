import { draftShelves } from '@shidang/web-kit/section-form';
import { keptShelf } from '../../app/device/kept-shelf';
import { isPersonalDevice } from '../../app/device/personal-device';

/** What outlives the page lies in IndexedDB. */
export const { keep, forget, restored } = draftShelves(() => keptShelf, isPersonalDevice);
