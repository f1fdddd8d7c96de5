import 'reflect-metadata';
import { runService } from '@shidang/service-host';
import { identity } from './identity.service';

void runService(identity);
