import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, type SchemaElement } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import type { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { ColumnValues } from './column-batch.js';
import { ParquetBounds } from './parquet-bounds.js';
import { plainValues, type Physical } from './parquet-values.js';

type ColumnChunk = Parameters<typeof writeMetadata>[1]['row_groups'][number]['columns'][number];

interface Page {
  header: Parameters<typeof writePageHeader>[1];
  levels: Uint8Array;
  values: Uint8Array;
}

/**
 * The values of one column in one group of rows: a page of each batch, compressed when it comes, so that the batch itself need not be kept.
 * https://parquet.apache.org/docs/file-format/data-pages/
 */
export class ParquetChunk {
  heldBytes = 0;
  private readonly pages: Page[] = [];
  private readonly bounds: ParquetBounds;
  private readonly element: SchemaElement;
  private readonly physical: Physical;
  private rows = 0;

  constructor(element: SchemaElement) {
    this.element = element;
    this.physical = physicalOf(element);
    this.bounds = new ParquetBounds(this.physical);
  }

  add(values: ColumnValues, length: number): void {
    const levels = levelsOf(values, length);
    const plain = plainValues(this.physical, values, length);
    this.bounds.take(values, length);
    // Some readers refuse a frame that holds nothing.
    const isCompressed = plain.length > 0;
    const packed = isCompressed ? zstdCompressSync(plain) : plain;
    this.pages.push({
      header: {
        type: 'DATA_PAGE_V2',
        uncompressed_page_size: levels.length + plain.length,
        compressed_page_size: levels.length + packed.length,
        data_page_header_v2: {
          num_values: length,
          num_nulls: values.nullCount,
          num_rows: length,
          encoding: 'PLAIN',
          definition_levels_byte_length: levels.length,
          repetition_levels_byte_length: 0,
          is_compressed: isCompressed,
        },
      },
      levels,
      values: packed,
    });
    this.rows += length;
    this.heldBytes += levels.length + packed.length;
  }

  /** Puts its pages into the file. Gives what the end of the file says of them. */
  write(file: ByteWriter): ColumnChunk {
    const start = file.offset;
    let uncompressed = 0;
    for (const { header, levels, values } of this.pages) {
      const headAt = file.offset;
      writePageHeader(file, header);
      uncompressed += file.offset - headAt + header.uncompressed_page_size;
      file.appendBytes(levels);
      file.appendBytes(values);
    }
    return {
      file_offset: BigInt(start),
      meta_data: {
        type: this.physical,
        encodings: ['PLAIN', 'RLE'],
        path_in_schema: [this.element.name],
        codec: 'ZSTD',
        num_values: BigInt(this.rows),
        total_uncompressed_size: BigInt(uncompressed),
        total_compressed_size: BigInt(file.offset - start),
        data_page_offset: BigInt(start),
        statistics: this.bounds.told(),
      },
    };
  }
}

function physicalOf({ name, type }: SchemaElement): Physical {
  const known: readonly SchemaElement['type'][] = ['BOOLEAN', 'INT32', 'INT64', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'];
  if (!known.includes(type)) throw new Error(`Column "${name}" has the type ${type}, which no page is written of.`);
  return type as Physical;
}

/** Which rows have a value: one run where all have, else their bits as they lie in memory. Eight rows a byte, the lowest first. */
function levelsOf({ present, nullCount }: ColumnValues, length: number): Uint8Array {
  const levels = new ByteWriter(present.length + 8);
  if (nullCount === 0) {
    levels.appendVarInt(length << 1);
    levels.appendUint8(1);
  } else {
    levels.appendVarInt((Math.ceil(length / 8) << 1) | 1);
    levels.appendBytes(present.subarray(0, Math.ceil(length / 8)));
  }
  return levels.getBytes();
}
