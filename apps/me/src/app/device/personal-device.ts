const key = 'shidang.me.personal';

/** Said by who logs in: this device is mine alone. Until then nothing sensitive and no answer of the server stays on it. */
export function isPersonalDevice(): boolean {
  try {
    return localStorage.getItem(key) === 'yes';
  } catch {
    return false;
  }
}

export function declarePersonal(isPersonal: boolean): void {
  try {
    if (isPersonal) localStorage.setItem(key, 'yes');
    else localStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing is nobody's own
  }
}
