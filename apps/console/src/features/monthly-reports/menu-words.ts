import { defineWords } from '@shidang/web-kit';

export const menuWords = defineWords('monthly-reports-menu', { monthlyReports: ['月报表', 'Monthly reports'] });
