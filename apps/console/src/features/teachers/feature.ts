import { defineWords, say } from '@shidang/web-kit';
import { page } from '../../app/page';
import { whoCan, type Feature } from '../../app/feature';

const words = defineWords('teachers-menu', {
  teachers: ['教师信息', 'Teachers'],
  newTeachers: ['新建教师', 'New teachers'],
});

/** Teachers and their records: the list, the pasted grid of new ones, the record with its 17 sections. */
export const teachers: Feature = {
  menu: [
    {
      path: '/teachers',
      label: () => say(words, 'teachers'),
      group: 'records',
      visible: (session) => session.can('teacher.read'),
    },
    {
      path: '/new-teachers',
      label: () => say(words, 'newTeachers'),
      group: 'records',
      visible: whoCan('teacher.register'),
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/teachers',
      permissions: ['teacher.read'],
      load: () => import('./list/teachers-page'),
      component: 'TeachersPage',
    }),
    page(shell, {
      path: '/new-teachers',
      permissions: ['teacher.register'],
      load: () => import('./quick-grid/quick-grid-page'),
      component: 'QuickGridPage',
    }),
    page(shell, {
      path: '/teachers/$teacherId',
      permissions: ['record.read'],
      load: () => import('./record/record-page'),
      component: 'RecordPage',
    }),
  ],
};
