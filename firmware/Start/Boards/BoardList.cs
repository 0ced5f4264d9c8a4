// Owns: the boards that there are.
// Must never: guess a board: a text without one means the carrier, and a box without a text has none.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>All boards of a chip, or of all chips.</summary>
    public static class BoardList
    {
        /// <summary>A text that names no board is for the carrier, which was the only one once.</summary>
        public const string Unnamed = CarrierS3.Name;

        /// <summary>Every board, for who checks texts.</summary>
        public static Board[] All()
        {
            return new Board[] { CarrierS3.Make(), Kc868A16V3.Make(), Kc868A6V3.Make(), OlimexPoeWrover.Make() };
        }

        /// <summary>The boards of a chip.</summary>
        public static Board[] Of(ChipFamily chip)
        {
            Board[] all = All();
            int count = 0;
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].Chip == chip)
                {
                    all[count++] = all[i];
                }
            }

            Board[] some = new Board[count];
            for (int i = 0; i < count; i++)
            {
                some[i] = all[i];
            }

            return some;
        }

        /// <summary>
        /// The shape with which the reading of a text begins: the carrier's, or that of no board where the chip has no carrier, so that a
        /// text has to name one.
        /// </summary>
        public static BoardShape ShapeUnnamed(Board[] boards)
        {
            Board unnamed = Named(boards, Unnamed);
            BoardShape shape = unnamed == null ? new BoardShape() : unnamed.Shape;
            Relate(boards, shape);
            return shape;
        }

        /// <summary>The board of this name, or null.</summary>
        public static Board Named(Board[] boards, string name)
        {
            for (int i = 0; i < boards.Length; i++)
            {
                if (boards[i].Shape.Name == name)
                {
                    return boards[i];
                }
            }

            return null;
        }

        /// <summary>Lets a text name any of these boards, from whichever shape its reading begins.</summary>
        public static void Relate(Board[] boards, BoardShape from)
        {
            BoardShape[] family = new BoardShape[boards.Length];
            for (int i = 0; i < boards.Length; i++)
            {
                family[i] = boards[i].Shape;
            }

            from.Family = family;
        }
    }
}
