import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { PersonType } from '../access/person.types.ts';

@ObjectType('Attachment', { description: 'A file attached to a ticket. It never changes.' })
export class AttachmentType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  /** What it is attached to; the room of that noun says it in its own words. */
  subjectId: string;
  @Field(() => PersonType, { nullable: true, description: 'Who attached it.' })
  author: PersonType | null;
  @Field({ description: 'Name of the file, without folders.' })
  name: string;
  @Field({ description: 'What its bytes are: image/png, image/jpeg, image/gif, image/webp, or application/octet-stream for everything else.' })
  mediaType: string;
  @Field(() => Float, { description: 'Bytes.' })
  size: number;
  @Field({ description: 'Where it can be downloaded, on this server.' })
  url: string;
  @Field({ description: 'When it was attached.' })
  createdAt: Date;
}
