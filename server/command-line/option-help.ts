import { Help, type Option } from 'commander';

const plain = new Help();

/** What `--help` says of an option: also that it cannot be left out. */
export function optionDescription(option: Option): string {
  const description = plain.optionDescription(option);
  return option.mandatory ? `${description}; needed` : description;
}
