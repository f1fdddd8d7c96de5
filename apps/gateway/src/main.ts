import 'reflect-metadata';
import { runGateway } from '@shidang/service-host/gateway';
import { door } from './door';

void runGateway(door);
