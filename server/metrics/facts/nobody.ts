/** The owner in `core.event` that stands for "told: nobody has it". */
export const nobody = '00000000-0000-0000-0000-000000000000';
