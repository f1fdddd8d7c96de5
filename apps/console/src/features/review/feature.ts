import { defineWords, say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';

const words = defineWords('review-menu', {
  review: ['审核', 'Review'],
  submissions: ['报送与回执', 'Submissions'],
});

export const review: Feature = {
  menu: [
    { path: '/review', label: () => say(words, 'review'), group: 'records', visible: whoCan('review.decide') },
    {
      path: '/submissions',
      label: () => say(words, 'submissions'),
      group: 'records',
      visible: whoCan('review.submitUpward'),
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/review',
      permissions: ['review.decide'],
      load: () => import('./review-page'),
      component: 'ReviewPage',
    }),
    page(shell, {
      path: '/review-batches/$batchId',
      permissions: ['review.decide'],
      load: () => import('./batch-page'),
      component: 'BatchPage',
    }),
    page(shell, {
      path: '/submissions',
      permissions: ['review.submitUpward'],
      load: () => import('./submissions-page'),
      component: 'SubmissionsPage',
    }),
  ],
};
