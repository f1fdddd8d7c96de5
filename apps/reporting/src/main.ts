import 'reflect-metadata';
import { runService } from '@shidang/service-host';
import { reporting } from './reporting.service';

void runService(reporting);
