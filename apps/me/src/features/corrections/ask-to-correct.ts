import type { components } from '@shidang/client';
import { answer, api } from '@shidang/web-kit';

export const askToCorrect = (body: components['schemas']['AskCorrection']) =>
  answer(api.POST('/api/v1/corrections', { body }));
