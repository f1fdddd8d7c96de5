import 'reflect-metadata';
import { runService } from '@shidang/service-host';
import { recordsService } from './records.service';

void runService(recordsService);
