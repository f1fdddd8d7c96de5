import { draftShelves } from '@shidang/web-kit/section-form';

/** Going to another section and back loses nothing; a reload nothing that is not sensitive. */
export const { keep, forget, restored } = draftShelves(() => sessionStorage);
