/** The 1- and 2-character pieces of a name that records is searched by; the search test of the seed proves they agree. */
export function gramsOf(name: string): string[] {
  const characters = [...name.normalize('NFC')].slice(0, 50);
  const pairs = characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  return [...new Set([...characters, ...pairs])].filter((gram) => gram.trim() !== '');
}
