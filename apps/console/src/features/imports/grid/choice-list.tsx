/** What may stand in the open cell: offered by the browser as one types. */
export const ChoiceList = ({ choices }: { readonly choices: readonly string[] }) => (
  <datalist id="imports-choices">
    {choices.map((each) => (
      <option key={each} value={each} />
    ))}
  </datalist>
);
