import 'reflect-metadata';
import { runService } from '@shidang/service-host';
import { notificationsService } from './notifications.service';

void runService(notificationsService);
