// Owns: how many bytes an object graph takes on the device.
// Must never: count what the platform brings: the ports and what hangs on them.

using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

/// <summary>
/// The device's heap is made of blocks of 12 bytes: an object takes one and one more for each field, an array of references one for each
/// element, an array of numbers its bytes and 16, a text its UTF-8 bytes and 16.
/// </summary>
internal sealed class DeviceMemory
{
    private const int Block = 12;
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Bytes by type.</summary>
    public SortedDictionary<string, int> Of { get; } = new(StringComparer.Ordinal);

    public int Total { get; private set; }

    public void Walk(object root)
    {
        Stack<(object One, string Owner)> left = new([(root, root.GetType().Name)]);
        while (left.TryPop(out (object One, string Owner) next))
        {
            object one = next.One;
            if (one is BoardPort or DisplayPort or FlashPort or LinkPort or Contract.Mac || !_seen.Add(one))
            {
                continue;
            }

            Add(next.Owner, BytesOf(one));
            string owner = one is Array or string ? next.Owner : one.GetType().Name;
            foreach (object child in Children(one))
            {
                left.Push((child, child is Array or string ? owner : child.GetType().Name));
            }
        }
    }

    /// <summary>Bytes of one block, without what it refers to.</summary>
    public static int BytesOf(object one)
    {
        int bytes = one switch
        {
            string text => Encoding.UTF8.GetByteCount(text) + 16,
            Array { Length: var length } array when IsNumbers(array.GetType().GetElementType()!) => (length * SizeOf(array)) + 16,
            Array array => Block + (array.Length * Block),
            _ => Block + (Fields(one.GetType()).Count() * Block),
        };
        return (bytes + Block - 1) / Block * Block;
    }

    private static bool IsNumbers(Type type) => type.IsPrimitive || type.IsEnum;

    private static int SizeOf(Array array)
    {
        Type element = array.GetType().GetElementType()!;
        return element == typeof(bool) ? 1 : Marshal.SizeOf(element.IsEnum ? Enum.GetUnderlyingType(element) : element);
    }

    private static IEnumerable<object> Children(object one) => one switch
    {
        string => [],
        Array array when IsNumbers(array.GetType().GetElementType()!) => [],
        Array array => array.Cast<object?>().OfType<object>(),
        _ => Fields(one.GetType()).Where(field => !IsNumbers(field.FieldType)).Select(field => field.GetValue(one)).OfType<object>(),
    };

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? part = type; part != null && part != typeof(object); part = part.BaseType)
        {
            foreach (FieldInfo field in part.GetFields(Own))
            {
                yield return field;
            }
        }
    }

    private void Add(string name, int bytes)
    {
        Of[name] = Of.GetValueOrDefault(name) + bytes;
        Total += bytes;
    }
}
