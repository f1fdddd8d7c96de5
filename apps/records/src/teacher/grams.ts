const mostCharacters = 50;

/** Every 1- and 2-character piece of a name, each once: what the gram table is searched by. Rare characters count as one. */
export function gramsOf(name: string): string[] {
  const characters = [...name.normalize('NFC')].slice(0, mostCharacters);
  const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`);
  return [...new Set([...characters, ...pairs])].filter((gram) => gram.trim() !== '');
}

/** The one gram that finds most selectively what is searched for; undefined for blank text. */
export function gramToFind(text: string): string | undefined {
  const characters = [...text.normalize('NFC').trim()];
  return characters.length === 0 ? undefined : characters.slice(0, 2).join('');
}
