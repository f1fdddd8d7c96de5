import { useEffect, useRef, useState } from 'react';
import { listenToMe } from './me-events';

/** Whether the server tells by itself; `onNotices` is called as it does. One stream for as long as the component stands. */
export function useMeEvents(onNotices: (data: unknown) => void): boolean {
  const [listening, setListening] = useState(false);
  const heard = useRef(onNotices);
  useEffect(() => {
    heard.current = onNotices;
  }, [onNotices]);
  useEffect(() => listenToMe({ onNotices: (data) => heard.current(data), onListening: setListening }), []);
  return listening;
}
