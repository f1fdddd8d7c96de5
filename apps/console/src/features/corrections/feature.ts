import { defineWords, say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';

const words = defineWords('corrections-menu', { corrections: ['更正请求', 'Requests to correct'] });

/** 工作方案 五(五): what teachers ask the school to correct, and its answers. */
export const corrections: Feature = {
  menu: [
    {
      path: '/corrections',
      label: () => say(words, 'corrections'),
      group: 'records',
      visible: whoCan('change.request'),
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/corrections',
      permissions: ['change.request'],
      load: () => import('./corrections-page'),
      component: 'CorrectionsPage',
    }),
  ],
};
