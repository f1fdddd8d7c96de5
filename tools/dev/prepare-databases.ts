import 'reflect-metadata';
import { keepPreparedDatabases } from './system/prepared-databases';

void keepPreparedDatabases();
