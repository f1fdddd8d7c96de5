import { createRoot } from 'react-dom/client';
import { App, queryClient } from './app/app';
import { restoreAnswers } from './app/device/kept-answers';
import { openKeptShelf } from './app/device/kept-shelf';
import { workOffline } from './app/device/work-offline';
import { applyTextSize } from './app/device/text-size';
import './app/me.css';

applyTextSize();
const queries = queryClient();

// what this device keeps is there before the first page asks for it
void Promise.all([openKeptShelf(), restoreAnswers(queries)]).then(() => {
  createRoot(document.getElementById('root')!).render(<App queries={queries} />);
  workOffline();
});
